// A font for pictures that are compared: every letter is a block of the same width, and spaces are empty. So text takes the
// same room on every machine, whatever fonts that has, and a picture still shows where text stands, how long it is and in
// which colour. It is written here, table by table, as OpenType says (https://learn.microsoft.com/typography/opentype/spec/).

const EM = 1000;
const ADVANCE = 540;
const ASCENT = 900;
const DESCENT = 250;

// The first glyph stands for letters that a font does not have; the browser would look for these in others.
const [SPACE, BLOCK, TALL] = [1, 2, 3];
/** Which glyph stands for which letters: from, to, glyph. Digits and capitals are taller. */
const LETTERS = [
  [0x20, 0x20, SPACE],
  [0x21, 0x2f, BLOCK],
  [0x30, 0x39, TALL],
  [0x3a, 0x40, BLOCK],
  [0x41, 0x5a, TALL],
  [0x5b, 0x9f, BLOCK],
  [0xa0, 0xa0, SPACE],
  [0xa1, 0x10ffff, BLOCK],
];

const u8 = (...numbers: number[]) => Buffer.from(numbers);
const u16 = (...numbers: number[]) => Buffer.concat(numbers.map((number) => u8((number >> 8) & 0xff, number & 0xff)));
const u32 = (...numbers: number[]) => Buffer.concat(numbers.map((number) => u16((number >>> 16) & 0xffff, number & 0xffff)));
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

/** A rectangle on the base line. */
function block(height: number): Buffer {
  const [left, right] = [50, ADVANCE - 50];
  const wide = right - left;
  return padded(
    Buffer.concat([
      u16(1, left, 0, right, height),
      u16(3, 0), // the contour's last point; no instructions
      u8(1, 1, 1, 1), // all points are on the curve
      u16(left, 0, wide, 0), // steps in x
      u16(0, height, 0, -height), // steps in y
    ]),
  );
}

function tables(): [string, Buffer][] {
  const glyphs = [block(520), Buffer.alloc(0), block(520), block(720)];
  const places = glyphs.map((_, index) => glyphs.slice(0, index).reduce((sum, glyph) => sum + glyph.length, 0));
  const end = glyphs.reduce((sum, glyph) => sum + glyph.length, 0);
  const groups = LETTERS.flat();
  const name = Buffer.from("Blocks", "utf16le").swap16();
  const os2 = [
    u16(4, ADVANCE, 400, 5, 0),
    u16(650, 700, 0, 140, 650, 700, 0, 480, 50, 300, 0), // super- and subscripts, strikeout
    Buffer.alloc(10), // PANOSE
    u32(0, 0, 0, 0),
    Buffer.from("NONE"),
    u16(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
    u32(0, 0),
    u16(520, 720, 0, 0x20, 0),
  ];
  return [
    ["OS/2", Buffer.concat(os2)],
    // Format 13: many letters, one glyph.
    ["cmap", Buffer.concat([u16(0, 1, 3, 10), u32(12), u16(13, 0), u32(16 + 4 * groups.length, 0, LETTERS.length, ...groups)])],
    ["glyf", Buffer.concat(glyphs)],
    ["head", Buffer.concat([u32(0x10000, 0x10000, 0, 0x5f0f3cf5), u16(0, EM), u32(0, 0, 0, 0), u16(50, 0, ADVANCE - 50, 720, 0, 8, 2, 1, 0)])],
    ["hhea", Buffer.concat([u32(0x10000), u16(ASCENT, -DESCENT, 0, ADVANCE, 50, 50, ADVANCE - 50, 1, 0, 0, 0, 0, 0, 0, 0, 4)])],
    ["hmtx", u16(...glyphs.flatMap((glyph) => [ADVANCE, glyph.length > 0 ? 50 : 0]))],
    ["loca", u32(...places, end)],
    ["maxp", Buffer.concat([u32(0x10000), u16(4, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)])],
    ["name", Buffer.concat([u16(0, 1, 18, 3, 1, 0x409, 1, name.length, 0), name])],
    ["post", u32(0x30000, 0, 0xff6a0032, 1, 0, 0, 0, 0)],
  ];
}

function sum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

/** The font, as a TrueType file. */
export function blockFont(): Buffer {
  const all = tables();
  const power = Math.floor(Math.log2(all.length));
  const range = 16 * 2 ** power;
  const records: Buffer[] = [];
  let place = 12 + 16 * all.length;
  for (const [tag, table] of all) {
    records.push(Buffer.concat([Buffer.from(tag), u32(sum(padded(table)), place, table.length)]));
    place += padded(table).length;
  }
  const head = Buffer.concat([u32(0x10000), u16(all.length, range, power, 16 * all.length - range), ...records]);
  return Buffer.concat([head, ...all.map(([, table]) => padded(table))]);
}
