// The order is stated, so that the rest may come in any.
import './order.css'
import '../main.js'
import './app.css'
