import './app.css'
import '../main.js'

// Tailwind finds the names of classes here: gap-8 text-lg
