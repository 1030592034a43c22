"""The loop of native.mjs in Python: a line `prompt ids;tokens` in, a line `milliseconds;ids` out. Run by bench when BENCH_PYTHON names a Python with onnxruntime."""
import sys
import time

import numpy as np
import onnxruntime

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
names = [i.name for i in session.get_inputs() if i.name.startswith("past_key_values.")]
empty = np.zeros((1, session.get_inputs()[3].shape[1], 0, session.get_inputs()[3].shape[3]), np.float32)
outputs = ["logits"] + [name.replace("past_key_values", "present") for name in names]
print("ready", flush=True)
for line in sys.stdin:
    prompt, tokens = line.split(";")
    began = time.perf_counter()
    ids, past, length, written = [int(i) for i in prompt.split(",")], [empty] * len(names), 0, []
    while len(written) < int(tokens):
        before, length = length, length + len(ids)
        feeds = {
            "input_ids": np.array([ids], np.int64),
            "attention_mask": np.ones((1, length), np.int64),
            "position_ids": np.arange(before, length, dtype=np.int64)[None],
            **dict(zip(names, past)),
        }
        logits, *past = session.run(outputs, feeds)
        ids = [int(logits[0, -1].argmax())]
        written += ids
    print(f"{(time.perf_counter() - began) * 1000};{','.join(map(str, written))}", flush=True)
