import { registerHooks } from 'node:module'

/**
 * Lets Node run the sources as they are: a relative import of `x.js` is the file `x.ts`, and the package's own
 * names lead to `src`. Give it to Node by `--import`.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const own = /^s3-direct-upload\/(.+)$/.exec(specifier)
    if (own) return nextResolve(new URL(`../src/${own[1]}/index.ts`, import.meta.url).href, context)
    const isSource = context.parentURL && !context.parentURL.includes('/node_modules/')
    if (isSource && /^\.{1,2}\/.*\.js$/.test(specifier)) {
      return nextResolve(specifier.replace(/\.js$/, '.ts'), context)
    }
    return nextResolve(specifier, context)
  },
})
