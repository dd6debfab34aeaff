import './imported.css'
import '../main.js'
