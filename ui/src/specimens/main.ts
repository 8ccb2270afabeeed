import '../tokens.css';
import '../base.css';
import { mount } from 'svelte';
import Specimens from './Specimens.svelte';

const target = document.getElementById('app');
if (target) mount(Specimens, { target });
