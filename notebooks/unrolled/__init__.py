"""Training, export and checking of the site's tiny language models.

One module, one job:

- `llama2c`    reads llama2.c checkpoints
- `reference`  a Llama forward pass in NumPy, the yardstick of every export
- `model`      the same network in PyTorch, for training
- `tokenizer`  `tokenizer.json` from a SentencePiece model, or trained anew
- `text`       the data sets: reading, splitting, bits per byte
- `verse`      Tang verse: reading, form, rhyme
- `train`      the training loop
- `runs`       the models: sizes, data, recipes
- `graph`      ONNX graphs, fused and laboratory
- `quantize`   int8 per output channel
- `export`     the folder a page (or transformers.js) loads
- `run`        a graph in ONNX Runtime, step by step
- `vectors`    reference vectors for the site's tests
- `report`     curves, checks and samples for the notebooks
"""
