import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

// VITE_STYLES says which of the scripts the page has: in which way the style sheets come together.
export default defineConfig({ root: import.meta.dirname, plugins: [tailwindcss()] })
