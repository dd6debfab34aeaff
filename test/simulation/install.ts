import { installPageGlobals } from './page/globals.js'

// Before any code of the product or of Uppy, which keeps references.
installPageGlobals()

// What the product loads late is there at once: only the first `import()` of a module takes turns of its own.
await import('../../src/uppy/loaded-plugin.js')
await import('../../src/upload/sending/in-parts.js')
await import('../../src/upload/resume/stored-resumption.js')
await import('../../src/upload/transfer/explain-network-error.js')
