// A zip, uncompressed, as a Blob.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

// files: pairs of a path and its content, a Uint8Array.
export function zip(files) {
  const parts = [];
  const directory = [];
  let size = 0;
  for (const [path, content] of files) {
    const name = new TextEncoder().encode(path);
    // Version, UTF-8 names, stored, the first day that a zip knows, sums and sizes.
    const about = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [33, 2], [crc32(content), 4]];
    about.push([content.length, 4], [content.length, 4], [name.length, 2], [0, 2]);
    const local = numbers([0x04034b50, 4], ...about);
    const rest = [[0, 2], [0, 2], [0, 2], [0o100644 * 0x10000, 4], [size, 4]];
    directory.push(numbers([0x02014b50, 4], [(3 << 8) + 20, 2], ...about, ...rest), name);
    parts.push(local, name, content);
    size += local.length + name.length + content.length;
  }
  const listed = directory.reduce((sum, part) => sum + part.length, 0);
  const count = directory.length / 2;
  const counts = [[count, 2], [count, 2], [listed, 4], [size, 4]];
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], ...counts, [0, 2]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

// Numbers of so many bytes each, the lowest byte first.
function numbers(...pairs) {
  const split = ([number, bytes]) =>
    Array.from({ length: bytes }, (_, at) => Math.floor(number / 256 ** at) & 255);
  return Uint8Array.from(pairs.flatMap(split));
}

function crc32(content) {
  let crc = ~0;
  for (const byte of content) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
