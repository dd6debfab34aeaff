import type { Row } from '../row.js'
import { accessibilityRows } from './accessibility-rows.js'
import { breakRows } from './break-rows.js'
import { changedFileRows } from './changed-file-rows.js'
import { choosingRows } from './choosing-rows.js'
import { errorRows } from './error-rows.js'
import { formRows } from './form-rows.js'
import { keyboardRows } from './keyboard-rows.js'
import { leavingRows } from './leaving-rows.js'
import { looksRows } from './looks-rows.js'
import { partsRows } from './parts-rows.js'

/** What holds in every engine; docs/browsers.md lists it. */
export const rows: readonly Row[] = [
  ...looksRows,
  ...choosingRows,
  ...partsRows,
  ...keyboardRows,
  ...formRows,
  ...breakRows,
  ...accessibilityRows,
  ...errorRows,
  ...changedFileRows,
  ...leavingRows,
]
