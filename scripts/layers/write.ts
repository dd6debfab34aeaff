import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readArchitecturePage } from './architecture-page.js'
import { layerRules } from './layer-rules.js'

const file = fileURLToPath(new URL('../../biome.layers.json', import.meta.url))
await writeFile(file, JSON.stringify(layerRules(await readArchitecturePage()), null, 2))
