import type { Kept } from './stored-resumption.js'

/** Passes on what is asked for meanwhile, in the same order. */
export function keptBy(place: Promise<Kept | undefined>): Kept {
  return {
    markAbandoned: () => void place.then((kept) => kept?.markAbandoned()),
    forget: () => void place.then((kept) => kept?.forget()),
    release: () => void place.then((kept) => kept?.release()),
  }
}
