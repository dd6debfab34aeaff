import { writeFile } from 'node:fs/promises'
import { openapiDocument, openapiFile } from './openapi-document.js'

await writeFile(openapiFile, await openapiDocument())
