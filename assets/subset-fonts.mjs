// Cuts the fonts of the site down to the characters that Dutch and English need, so that a page on
// a slow line has its letters soon. Any other character is shown in a font of the reader's own.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

const FROM = "node_modules/@fontsource/fira-sans/files";
const TO = "static/build";

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join("");
// Basic Latin, Latin-1, and the punctuation that is set in a text.
const CHARACTERS = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}‐–—‘’‚“”„•…‹›€™←↑→↓−Œœ`;

await mkdir(TO, { recursive: true });
for (const style of ["400-normal", "400-italic", "600-normal"]) {
  const name = `fira-sans-latin-${style}.woff2`;
  const subset = await subsetFont(await readFile(`${FROM}/${name}`), CHARACTERS, {
    targetFormat: "woff2",
    // What browsers use of themselves, and the figures of equal width of our tables.
    keepFeatures: ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"],
    // For screens of the nineties; half of the file.
    noHinting: true,
  });
  await writeFile(`${TO}/${name}`, subset);
}
