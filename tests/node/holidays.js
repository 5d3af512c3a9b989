// Which days are holidays in Dortmund, asked of opening_hours. Reads {"PH": years, "SH": years} and prints the days of each.
import { readFileSync } from "node:fs";
import OpeningHours from "opening_hours";

const DORTMUND = { lat: 51.51, lon: 7.46, address: { country_code: "de", state: "Nordrhein-Westfalen" } };

function days(kind, years) {
  const hours = new OpeningHours(kind, DORTMUND);
  return years.flatMap((year) => daysOfYear(year).filter((day) => hours.getState(day)).map(iso));
}

function daysOfYear(year) {
  const noons = Array.from({ length: 366 }, (_, number) => new Date(year, 0, 1 + number, 12));
  return noons.filter((noon) => noon.getFullYear() === year);
}

function iso(noon) {
  const parts = [noon.getFullYear(), noon.getMonth() + 1, noon.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(Object.entries(asked).map(([kind, years]) => [kind, days(kind, years)]))));
