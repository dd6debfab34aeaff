import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 's3-direct-upload/styles.unlayered.css'
import 'tailwindcss/preflight.css'
import { LooksPage } from '../looks-page.js'

const given = Object.fromEntries(new URLSearchParams(location.search))
createRoot(document.getElementById('root')).render(createElement(LooksPage, given))
