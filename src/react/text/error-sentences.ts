/** Sentences that an upload and a download share. */

export const lostConnection =
  'The connection was lost. Check your internet connection and try again.'
export const silentServer = 'The server did not answer. Try again in a few minutes.'
export const busy = 'The server is busy. Try again in a few minutes.'
export const signIn = 'Please sign in again, then try again.'
export const objectNotFound = 'The file is no longer there. Upload it again.'
