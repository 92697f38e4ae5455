import { mount } from 'svelte';
import 'uplot/dist/uPlot.min.css';
import './app.css';
import './panels.css';
import './control.css';
import App from './App.svelte';
import { city } from './lib/city.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });

// The mock city exists only in the development server; the condition is constant in a build and its module left out.
if (import.meta.env.DEV && new URLSearchParams(location.search).has('mock'))
  void import('../dev/mock').then((mock) => mock.start(city));
else city.start();
