// What html-validate finds in pages. Reads {"/de/": "<!DOCTYPE html>…"} and prints {"/de/": ["line: rule: what", …]}, faulty pages only.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Lines on which only a template tag stood; no reader sees them, and compressed they weigh nothing.
    "no-trailing-whitespace": "off",
    // Places and partners are called what they are called; what tells pages apart stands first.
    "long-title": "off",
    // With large text on a phone a number must be able to break.
    "tel-non-breaking": "off",
  },
});

async function faults(html) {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
}

const found = {};
for (const [path, html] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const messages = await faults(html);
  if (messages.length > 0) found[path] = messages;
}
console.log(JSON.stringify(found));
