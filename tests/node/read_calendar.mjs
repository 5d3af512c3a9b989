// Reads a list of {text, first, end} and prints for each what a client made with ical.js shows from first to before end.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function shown(item, startDate, endDate) {
  const text = (name) => item.component.getFirstPropertyValue(name) ?? "";
  return {
    uid: item.uid,
    starts: startDate.toJSDate().toISOString(),
    ends: endDate.toJSDate().toISOString(),
    summary: item.summary,
    location: item.location ?? "",
    status: text("status"),
    transp: text("transp"),
    url: text("url"),
  };
}

function* dates(component) {
  const items = component.getAllSubcomponents("vevent").map((found) => new ICAL.Event(found, { exceptions: [] }));
  const masters = new Map(items.filter((item) => !item.isRecurrenceException()).map((item) => [item.uid, item]));
  for (const item of items) {
    // Fails for an override without its series, which no calendar of ours has.
    if (item.isRecurrenceException()) masters.get(item.uid).relateException(item);
  }
  for (const item of masters.values()) {
    if (!item.isRecurring()) {
      yield shown(item, item.startDate, item.endDate);
      continue;
    }
    const all = item.iterator();
    for (let next = all.next(); next; next = all.next()) {
      const found = item.getOccurrenceDetails(next);
      yield shown(found.item, found.startDate, found.endDate);
    }
  }
}

function read({ text, first, end }) {
  ICAL.TimezoneService.reset();
  const component = new ICAL.Component(ICAL.parse(text));
  for (const zone of component.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone));
  }
  return [...dates(component)].filter(({ starts }) => first <= starts && starts < end);
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
