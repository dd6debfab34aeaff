import type { Attempts } from './rule.js'

/** A file of a load. */
export interface LoadFile {
  readonly bytes: number
  piecesLeft: number
  isSettled: boolean
}

/** What one request sends: a whole file, or a part of one. */
export interface Piece {
  readonly file: LoadFile
  readonly bytes: number
  /** Undefined for a whole file. */
  readonly partIndex: number | undefined
  readonly attempts: Attempts
}

/** Cuts a file into the pieces that a rule sends. */
export function cutIntoPieces(file: LoadFile, partBytes: number | undefined): Piece[] {
  if (partBytes === undefined) return [createPiece(file, file.bytes, undefined)]
  return Array.from({ length: Math.ceil(file.bytes / partBytes) }, (_, index) =>
    createPiece(file, Math.min(partBytes, file.bytes - index * partBytes), index),
  )
}

function createPiece(file: LoadFile, bytes: number, partIndex: number | undefined): Piece {
  file.piecesLeft += 1
  return { file, bytes, partIndex, attempts: { failures: 0, spentMs: 0, unheardFailures: 0 } }
}
