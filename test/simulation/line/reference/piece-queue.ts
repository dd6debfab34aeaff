import type { LoadFile, Piece } from './piece.js'

/** The pieces that wait. One part goes first, then whole files, then the other parts; no load has two files in parts. */
export class PieceQueue {
  readonly #sendsOnePartAtATime: boolean
  #parts: Piece[] = []
  readonly #files: Piece[] = []
  readonly #repeatedFiles: Piece[] = []

  constructor(options: { readonly sendsOnePartAtATime: boolean }) {
    this.#sendsOnePartAtATime = options.sendsOnePartAtATime
  }

  add(piece: Piece): void {
    const queue = piece.partIndex === undefined ? this.#files : this.#parts
    queue.push(piece)
  }

  /** Puts a piece back that has to be sent again. */
  repeat(piece: Piece): void {
    const { partIndex } = piece
    if (partIndex === undefined) {
      this.#repeatedFiles.push(piece)
      return
    }
    const later = this.#parts.findIndex((part) => (part.partIndex ?? 0) > partIndex)
    const isFirst = this.#sendsOnePartAtATime && later !== -1
    this.#parts.splice(isFirst ? later : this.#parts.length, 0, piece)
  }

  /** Takes the piece that is to be sent next, if there is one. */
  take(partsInFlight: number): Piece | undefined {
    const files = this.#repeatedFiles.length > 0 ? this.#repeatedFiles : this.#files
    const isPartNext = partsInFlight === 0 || (files.length === 0 && !this.#sendsOnePartAtATime)
    return (isPartNext ? this.#parts.shift() : undefined) ?? files.shift()
  }

  /** Forgets the parts of a file that is given up. */
  forget(file: LoadFile): void {
    this.#parts = this.#parts.filter((part) => part.file !== file)
  }
}
