/** Everything that is compared. */
export const subjectNames = [
  'raw',
  'ours',
  'uppy-put',
  'uppy-post',
  'better-upload',
  'lib-storage',
] as const

export type SubjectName = (typeof subjectNames)[number]
