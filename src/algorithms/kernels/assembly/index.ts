// AssemblyScript. Everything the module exports; compiled by scripts/build-kernels.mjs.
export { packChunk, multiplyChunk, gatherPanelChunk, scatterPanelChunk, mirrorChunk } from "./dense";
export { gramChunk, sparseTimesDenseChunk, sparseTimesSparseChunk, neighboursChunk, topChunk, standardiseChunk } from "./sparse";
export { solveFactorsChunk } from "./factors";
export { regressChunk } from "./regression";
