/** What a backend of one level offers; the operations of a level it does not have it answers with `unsupported-operation`. */
export const conformanceLevels = {
  core: ['sign-uploads', 'complete-uploads', 'abort-uploads'],
  multipart: ['sign-parts', 'list-parts'],
  downloads: ['sign-downloads'],
} as const

/** A level of the protocol that a backend can claim. */
export type ConformanceLevel = keyof typeof conformanceLevels
