// What a polyfill becomes in a bundle.
