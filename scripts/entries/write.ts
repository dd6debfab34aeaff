import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { packageBin, packageExports, sourcePaths } from './derived-settings.js'

await rewrite('package.json', (settings) => ({
  ...settings,
  exports: packageExports(),
  bin: packageBin(),
}))
await rewrite('tsconfig.json', (settings) => ({
  ...settings,
  compilerOptions: { ...settings.compilerOptions, paths: sourcePaths() },
}))

async function rewrite(
  name: string,
  change: (settings: { compilerOptions?: object }) => object,
): Promise<void> {
  const file = fileURLToPath(new URL(`../../${name}`, import.meta.url))
  const settings = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify(change(settings), null, 2))
}
