// What reads a QR code: the browser's own eye, or, where it has none, one of WebAssembly that is fetched when it is first needed
// (and lies on the phone already, since the worker keeps it).

export interface Detector {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface Native {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function native(): Promise<Detector | null> {
  const found = (globalThis as { readonly BarcodeDetector?: Native }).BarcodeDetector;
  if (!found) return null;
  const formats = await found.getSupportedFormats().catch((): readonly string[] => []);
  if (!formats.includes("qr_code")) return null;
  return new found({ formats: ["qr_code"] });
}

export async function makeDetector(): Promise<Detector> {
  const own = await native();
  if (own) return own;
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([import("barcode-detector/ponyfill"), import("zxing-wasm/reader/zxing_reader.wasm?url")]);
  // Otherwise it would ask a stranger's server for it.
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}
