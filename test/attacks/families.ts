import type { AttackFamily } from './attack.js'
import { borrowedTokens } from './families/borrowed-tokens.js'
import { otherObjects } from './families/other-objects.js'
import { signatures } from './families/signatures.js'
import { sizes } from './families/sizes.js'
import { tokenTampering } from './families/token-tampering.js'

/** Every attack that is made. */
export const attackFamilies: readonly AttackFamily[] = [
  tokenTampering,
  borrowedTokens,
  otherObjects,
  sizes,
  signatures,
]
