import { defaultPartSizeBytes, multipartThresholdBytes } from '../../s3/part-plan.js'
import type { SigningOptions } from '../contract/signing-options.js'

/** What holds where the options say nothing. */
export const signingDefaults = {
  prefix: '',
  name: 'default',
  unclaimed: 'keep',
  claim: 'on-complete',
  multipartThreshold: multipartThresholdBytes,
  partSize: defaultPartSizeBytes,
  requireChecksum: false,
  allowedOrigins: [],
  signatureLifetimeSeconds: 600,
  tokenLifetimeSeconds: 86_400,
  multipartTokenLifetimeSeconds: 518_400,
  receiptLifetimeSeconds: 86_400,
  downloadLifetimeSeconds: 900,
} as const satisfies Partial<SigningOptions>
