// A photograph as it is sent: small, upright, and with nothing in it but the picture. What a camera writes beside it (place,
// owner, thumbnail) is gone, because a canvas knows pixels only.

/** What the server takes, in bytes of the JPEG. */
const MOST_BYTES = 400 * 1024;
const LONGEST_SIDES = [1600, 1280, 1024, 800];
const QUALITIES = [0.8, 0.65, 0.5];

export class NoPicture extends Error {}

/** The JPEG as base64. Raises NoPicture where the file is none, or cannot be made small enough. */
export async function smallJpeg(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new NoPicture("not a picture");
  });
  try {
    for (const side of LONGEST_SIDES) {
      for (const quality of QUALITIES) {
        const made = await drawn(bitmap, side, quality);
        if (made.size <= MOST_BYTES) return await base64(made);
      }
    }
  } finally {
    bitmap.close();
  }
  throw new NoPicture("too large");
}

async function drawn(bitmap: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new NoPicture("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NoPicture("no canvas"))), "image/jpeg", quality);
  });
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
