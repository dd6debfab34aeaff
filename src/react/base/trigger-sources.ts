/** Where files come from beside the usual dialog: a dialog for folders, or the camera. */
export type ExtraSource = 'folder' | 'camera'

/** What a trigger opens: the usual dialog, one for folders, or the camera. */
export type TriggerSource = 'files' | ExtraSource
