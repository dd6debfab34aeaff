import type { ConformanceRule } from '../client/conformance-rule.js'
import { batchRules } from './batch-rules.js'
import { callerRules } from './caller-rules.js'
import { completionRules } from './completion-rules.js'
import { downloadRules } from './download-rules.js'
import { endpointRules } from './endpoint-rules.js'
import { downloadsOffered, multipartOffered } from './level-rules.js'
import { multipartRules } from './multipart-rules.js'
import { multipartTokenRules } from './multipart-token-rules.js'
import { requestRules } from './request-rules.js'
import { signingRules } from './signing-rules.js'
import { tokenRules } from './token-rules.js'
import { transferRules } from './transfer-rules.js'

/** Every rule, in the order in which they are checked. */
export const conformanceRules: readonly ConformanceRule[] = [
  ...endpointRules,
  ...requestRules,
  ...callerRules,
  ...signingRules,
  ...transferRules,
  ...completionRules,
  ...batchRules,
  ...tokenRules,
  multipartOffered,
  ...multipartRules,
  ...multipartTokenRules,
  downloadsOffered,
  ...downloadRules,
]
