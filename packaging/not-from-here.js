// `npm pack` in the checkout would pack sources that Node does not run from node_modules.
console.error('Pressmark is packed from what is built: "npm run package" makes out/pressmark-<version>.tgz.');
process.exitCode = 1;
