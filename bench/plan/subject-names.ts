/** Everything that is compared. */
export const subjectNames = [
  'raw',
  'ours',
  'before',
  'uppy-put',
  'uppy-post',
  'better-upload',
  'lib-storage',
] as const

export type SubjectName = (typeof subjectNames)[number]

/** What the page itself offers: `before` is `ours` on a page of its own. */
export type PageSubject = Exclude<SubjectName, 'before'>
