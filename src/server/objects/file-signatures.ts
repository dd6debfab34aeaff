/**
 * How genuine files begin that detectors do not know, take for the kind they are packed in, or cannot tell from the
 * bytes they get: the directory of a TIFF mostly stands at its end.
 */
const beginnings: readonly (readonly [type: RegExp, bytes: RegExp])[] = [
  [/^image\/(?:tiff|x-(?:adobe|canon|nikon|pentax|sony)-.+)$/, /^(?:II[*+]\0|MM\0[*+])/],
  [/^image\/x-olympus-orf$/, /^(?:IIR[OS]|MMOR)/],
  [/^image\/x-panasonic-(?:rw2?|raw)$/, /^IIU\0/],
  [
    /^image\/(?:avif|heic|heif)(?:-sequence)?$/,
    /^.{4}ftyp(?:hei[cxms]|hev[cxms]|mif[12]|miaf|msf1|avi[fso]|MA1[AB])/s,
  ],
  [/^video\/quicktime$/, /^.{4}(?:skip|pnot)/s],
  [/^audio\/(?:wav|wave|x-wav|vnd\.wave)$/, /^(?:RF64|BW64|RIFX).{4}WAVE/s],
  [/^audio\/(?:x-)?midi?$/, /^RIFF.{4}RMID/s],
  [/^audio\/(?:x-)?aac$/, /^ADIF/],
]

/** Tells whether a file begins as one of this type may, where detectors are known to err. */
export function beginsAs(type: string, bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  return beginnings.some(([types, beginning]) => types.test(type) && beginning.test(start))
}
