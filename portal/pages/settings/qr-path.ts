import qrcode from 'qrcode-generator'

export interface QrPath {
  /** Side of the square in modules, quiet zone included. */
  readonly size: number
  /** SVG path of the dark modules, one unit each. */
  readonly path: string
}

/** Modules of white around a code, without which scanners do not find it. */
const QUIET = 4

/** A text as a QR code of the smallest size that holds it, with medium error correction. */
export function qrPath(text: string): QrPath {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const runs: string[] = []
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) runs.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
    }
  }
  return { size: count + 2 * QUIET, path: runs.join('') }
}
