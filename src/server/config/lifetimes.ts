import { signingDefaults } from '../contract/signing-options.js'

/** How long what a handler signs can be used. */
export interface Lifetimes {
  readonly signatureLifetimeSeconds: number
  readonly tokenLifetimeSeconds: number
  readonly multipartTokenLifetimeSeconds: number
  readonly receiptLifetimeSeconds: number
  readonly downloadLifetimeSeconds: number
}

/** Fills in the lifetimes of which the options say nothing. */
export function resolveLifetimes(options: Partial<Lifetimes>): Lifetimes {
  const defaults = signingDefaults
  return {
    signatureLifetimeSeconds: options.signatureLifetimeSeconds ?? defaults.signatureLifetimeSeconds,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaults.tokenLifetimeSeconds,
    multipartTokenLifetimeSeconds:
      options.multipartTokenLifetimeSeconds ?? defaults.multipartTokenLifetimeSeconds,
    receiptLifetimeSeconds: options.receiptLifetimeSeconds ?? defaults.receiptLifetimeSeconds,
    downloadLifetimeSeconds: options.downloadLifetimeSeconds ?? defaults.downloadLifetimeSeconds,
  }
}
