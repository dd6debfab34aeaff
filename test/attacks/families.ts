import type { AttackFamily } from './attack.js'
import { borrowedTokens } from './families/borrowed-tokens.js'
import { confusingNames } from './families/confusing-names.js'
import { downloads } from './families/downloads.js'
import { fileNames } from './families/file-names.js'
import { malformedBodies } from './families/malformed-bodies.js'
import { otherObjects } from './families/other-objects.js'
import { otherSites } from './families/other-sites.js'
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
  fileNames,
  downloads,
  otherSites,
  malformedBodies,
  confusingNames,
]
