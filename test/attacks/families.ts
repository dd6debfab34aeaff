import type { AttackFamily } from './attack.js'
import { tokenTampering } from './families/token-tampering.js'

/** Every attack that is made. */
export const attackFamilies: readonly AttackFamily[] = [tokenTampering]
