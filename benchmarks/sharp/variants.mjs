// The same picture files by npm sharp: node variants.mjs PROGRAM SETTINGS, a JSON file (sharp_peer.py writes it).
// PROGRAM is "plain", the program of sharp's own documentation: one clone per file; or "best", the fastest program we
// could write with sharp: decoded once, every width made of the next wider one, three encoders fed from raw pixels.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const [program, settings] = [process.argv[2], JSON.parse(readFileSync(process.argv[3], "utf8"))];
const sharp = createRequire(join(settings.sharp, "package.json"))("sharp");
sharp.cache(false);
sharp.concurrency(1);

const encode = {
  avif: (image, o) => image.avif({ quality: o.quality, effort: o.effort, chromaSubsampling: "4:2:0" }),
  webp: (image, o) => image.webp({ quality: o.quality, effort: o.effort }),
  jpeg: (image, o) => image.jpeg({ quality: o.quality, optimiseCoding: true }),
};

async function save(image, output, width, stem) {
  const data = await encode[output.format](image, output).toBuffer();
  writeFileSync(join(settings.out, `${stem}-${width}.${output.format}`), data);
}

function wanted(sourceWidth) {
  return settings.outputs.flatMap((output) =>
    [...new Set(output.widths.map((width) => Math.min(width, sourceWidth)))].map((width) => ({ output, width })));
}

async function plain(name, stem) {
  const image = sharp(name).rotate().toColourspace("srgb");
  const { width } = await image.metadata();
  for (const { output, width: to } of wanted(width)) {
    await save(image.clone().resize(to, null, { withoutEnlargement: true }), output, to, stem);
  }
}

async function best(name, stem) {
  const { width } = await sharp(name).metadata();
  const all = wanted(width);
  const widths = [...new Set(all.map((each) => each.width))].sort((a, b) => b - a);
  let from = sharp(name).rotate().toColourspace("srgb");
  for (const to of widths) {
    const { data, info } = await from.resize(to, null, { withoutEnlargement: true }).raw().toBuffer({ resolveWithObject: true });
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
    for (const { output } of all.filter((each) => each.width === to)) await save(sharp(data, raw), output, to, stem);
    from = sharp(data, raw);
  }
}

mkdirSync(settings.out, { recursive: true });
const names = settings.photos;
const make = { plain, best }[program];
async function work() {
  while (names.length) {
    const name = names.pop();
    await make(name, basename(name).replace(/\.\w+$/, ""));
  }
}
await Promise.all(Array.from({ length: settings.workers }, work));
