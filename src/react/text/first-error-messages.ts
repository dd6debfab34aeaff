/** Asks for a file whose bytes the page no longer has. */
export const chooseAgain = 'Choose the file again to go on.'

/** Says that an interrupted upload is complete, discarded, or continued elsewhere. */
export const interruptedGone = 'This upload is no longer there. Add the file again.'

/** Says of an error of any kind that there was one. */
export const wrong = 'Something went wrong. Try again.'

/** What users read about the errors that come without an upload; `other` is for codes that have no sentence. */
export const firstErrorMessages = {
  'cannot-reopen': chooseAgain,
  'file-missing': chooseAgain,
  'interrupted-gone': interruptedGone,
  'code-not-loaded': 'The uploader could not be loaded. Check your connection and reload the page.',
  'browser-too-old': 'This browser is too old to upload files. Update it, or use another browser.',
  other: wrong,
  unexpected: wrong,
} as const
