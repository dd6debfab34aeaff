import type { FileKind } from './data-attributes.js'

/** Parts of an uploader that `classNames` gives a class. */
export type PartName =
  | 'root'
  | 'label'
  | 'dropzone'
  | 'trigger'
  | 'triggerIcon'
  | 'triggerText'
  | 'hint'
  | 'problem'
  | 'notices'
  | 'notice'
  | 'summary'
  | 'count'
  | 'facts'
  | 'progress'
  | 'action'
  | 'list'
  | 'item'
  | 'picture'
  | 'name'
  | 'itemFacts'
  | 'status'
  | 'itemProblem'

/** Icons of an uploader that `icons` replaces: of files by their kind, of what buttons do, and of states. */
export type IconName =
  | FileKind
  | 'upload'
  | 'pause'
  | 'resume'
  | 'retry'
  | 'remove'
  | 'download'
  | 'check'
  | 'error'
  | 'offline'
