'use client'

import { createItemPart } from '../../context/create-part.js'
import { FileName } from '../elements/FileName.js'

/** The name of the file, after the folders it came in. Renders a `<span>`. */
export const UploaderName = createItemPart(['span', 'name', 's3u-item-name'], ({ file }) => ({
  own: { title: file.relativePath ?? file.name, children: <FileName file={file} /> },
}))
