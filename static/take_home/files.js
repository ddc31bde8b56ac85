const SHARPNESS = 2; // pixels of a picture file per pixel on the screen

/**
 * Offer a file for download.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click(); // not in the document: a click there would close the popover
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * An SVG file as an image that a canvas can draw.
 *
 * @param {string} svg
 */
export async function imageOf(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/**
 * An SVG file as PNG.
 *
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
export async function pngOf(svg) {
  const image = await imageOf(svg);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(SHARPNESS * image.width), height: Math.round(SHARPNESS * image.height),
  });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG"))), "image/png");
  });
}
