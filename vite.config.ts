import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { buildEntries, sourceAliases } from './scripts/entries/derived-settings.js'
import { chromiumLaunchOptions } from './test/support/find-chromium.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Tests, stories and the demo use the public names; here they lead to the source. */
export const publicNames = sourceAliases().map(({ find, file }) => ({
  find,
  replacement: path(file),
}))

/** Publishes the style sheet, in a layer and without, as files: imported by a component it would end up in the types too. */
function styleSheets(): Plugin {
  return {
    name: 'style-sheets',
    apply: (config, { command }) => command === 'build' && Boolean(config.build?.lib),
    generateBundle() {
      const rules = readFileSync(path('src/react/styles.unlayered.css'), 'utf8')
      const sheets = { 'styles.css': inLayer(rules), 'styles.unlayered.css': rules }
      for (const [fileName, source] of Object.entries(sheets)) {
        this.emitFile({ type: 'asset', fileName, source })
        this.emitFile({ type: 'asset', fileName: `${fileName}.d.ts`, source: 'export {}\n' })
      }
    },
  }
}

/** The rules where the import of `src/react/styles.css` stands, so that no bundler has to follow it. */
function inLayer(rules: string): string {
  const sheet = readFileSync(path('src/react/styles.css'), 'utf8')
  return sheet.replace(
    /@import .* layer\(([\w.]+)\);/,
    (_, layer) => `@layer ${layer} {\n${rules}}`,
  )
}

/**
 * Leaves the URL of the checksum worker as it is written, for the bundler of the app to find.
 *
 * Vite would build the worker here and put in a URL that holds for a site, not for a package. So the library build does
 * not get to see the URL, and the worker is an entry: in `dist` it lies where the URL says, as it does in `src`.
 */
function checksumWorker(): Plugin {
  const url = "new URL('./checksum-worker.js', import.meta.url)"
  // Of the same length, so that no position in a source map moves.
  const placeholder = 'CHECKSUM_WORKER_URL'.padEnd(url.length, '_')
  const swap = (code: string, from: string, to: string) =>
    code.includes(from) ? { code: code.replace(from, to), map: null } : null
  return {
    name: 'checksum-worker',
    apply: (config, { command }) => command === 'build' && Boolean(config.build?.lib),
    enforce: 'pre',
    transform: (code) => swap(code, url, placeholder),
    renderChunk: (code) => swap(code, placeholder, url),
  }
}

/**
 * Leaves `export * as Uploader` as it is written: an object made of the parts would bring all of them into every bundle.
 *
 * So the list of parts is an entry, which the build of the main entry does not get to see.
 */
function partsByName(): Plugin {
  return {
    name: 'parts-by-name',
    apply: (config, { command }) => command === 'build' && Boolean(config.build?.lib),
    enforce: 'pre',
    resolveId: (id, importer) =>
      importer === path('src/index.ts') && id === './react/parts.js'
        ? { id, external: true }
        : null,
  }
}

/** Modules that stand for those of React in what is built, so that only they import it. */
const modulesOfReact: Readonly<Record<string, string>> = {
  react: path('src/react/base/react.ts'),
  'react/jsx-runtime': path('src/react/base/jsx-runtime.ts'),
}

/** Has all modules take React from one: a bundler keeps each import of what it does not bundle, or cannot look into. */
function reactOnce(): Plugin {
  return {
    name: 'react-once',
    apply: (config, { command }) => command === 'build' && Boolean(config.build?.lib),
    enforce: 'pre',
    resolveId(id, importer = '') {
      const own = modulesOfReact[id]
      return own && (own === importer ? { id, external: true } : own)
    },
  }
}

export default defineConfig({
  publicDir: false,
  plugins: [react(), styleSheets(), checksumWorker(), partsByName(), reactOnce()],
  resolve: { alias: publicNames },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      formats: ['es'],
      entry: Object.fromEntries(buildEntries().map(([name, source]) => [name, path(source)])),
    },
    rolldownOptions: {
      external: [
        /^node:/,
        /^react-dom($|\/)/,
        /^@uppy\//,
        /^@aws-sdk\//,
        /^msw($|\/)/,
        /^commander$/,
        /^valibot$/,
        /^idb-keyval$/,
        /^@noble\/hashes/,
      ],
      output: {
        preserveModules: true,
        preserveModulesRoot: 'src',
        entryFileNames: '[name].js',
        // Editors show those of the declarations.
        comments: { jsdoc: false },
        // `src` comes with the package: once, and not once more in the maps.
        sourcemapExcludeSources: true,
      },
    },
  },
  test: {
    reporters: ['default', path('test/support/closing-line-reporter.ts')],
    restoreMocks: true,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'test/{protocol,s3,s3-client,sigv4,server,testing,cli,reference-servers,attacks,support,bench,faults,simulation}/**/*.test.{ts,tsx}',
          ],
          setupFiles: ['test/support/console-guard.ts', 'test/support/patience.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/build.ts'],
          setupFiles: ['test/support/console-guard.ts', 'test/support/patience.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['test/{async,upload,uppy,react,integration}/**/*.test.{ts,tsx}'],
          setupFiles: [
            'test/support/console-guard.ts',
            'test/support/patience.ts',
            'test/support/dom.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          setupFiles: ['test/support/console-guard.ts', 'test/support/patience.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        plugins: [storybookTest({ configDir: path('.storybook') })],
        // Found while tests run, a dependency would reload the page under them.
        optimizeDeps: {
          entries: ['.storybook/preview.tsx', 'stories/**/*.tsx', 'src/**/*.{ts,tsx}'].map(path),
        },
        test: {
          name: 'stories',
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
