// AssemblyScript. Everything the module exports; compiled by scripts/build-kernels.mjs.
export { packChunk, multiplyChunk, gatherPanelChunk, scatterPanelChunk, mirrorChunk } from "./dense";
export { gramChunk, sparseTimesDenseChunk, sparseTimesSparseChunk, neighboursChunk } from "./sparse";
export { topChunk, standardiseChunk, loudestChunk } from "./ranking";
export { solveFactorsChunk } from "./factors";
export { regressChunk } from "./regression";
