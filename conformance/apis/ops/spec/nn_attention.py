"""Scaled dot product attention."""
import numpy as np

from conformance.apis.ops.inputs import bools, given, normal, plain, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle.normalization import attention
from conformance.apis.ops.promotion import same

HALF = {(kind,) * 3: (32.0, "each product is rounded to half precision") for kind in ("float16", "bfloat16")}
SEEN = np.array([[1, 0, 1, 1, 0], [1, 1, 0, 0, 1], [0, 1, 1, 1, 1]], bool)
CALL = "ops.dot_product_attention(query, key, value, "

with ops.function("dot_product_attention", area="nn", dtype=same("query", "key", "value")) as f:
    f.promise("softmax(Q K / sqrt(H)) V for each head", at="dot_product_attention: definition")
    f.case("self", query=normal(2, 3, 4, 6), key=normal(2, 3, 4, 6), value=normal(2, 3, 4, 6),
           oracle=attention, profile="core")
    f.case("cross", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6),
           oracle=attention, profile="core")
    f.case("one-head", query=normal(2, 3, 1, 6), key=normal(2, 5, 1, 6), value=normal(2, 5, 1, 6),
           oracle=attention)
    f.case("one-query", query=normal(2, 1, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6),
           oracle=attention)
    f.case("large", query=normal(1, 3, 2, 4, scale=30.0), key=normal(1, 5, 2, 4, scale=30.0),
           value=normal(1, 5, 2, 4), oracle=attention, ulps=(4096.0, "logits near 1000 are held to 2^-14"))
    f.promise("fewer heads of key and value serve groups of heads of the query",
              at="dot_product_attention: key")
    f.case("grouped", query=normal(2, 3, 4, 6), key=normal(2, 5, 2, 6), value=normal(2, 5, 2, 6),
           oracle=attention)
    f.case("multi-query", query=normal(2, 3, 4, 6), key=normal(2, 5, 1, 6), value=normal(2, 5, 1, 6),
           oracle=attention)
    f.promise("bias is added to the logits, and broadcasts", at="dot_product_attention: bias")
    f.case("bias", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6),
           bias=normal(2, 4, 3, 5), oracle=attention, profile="core")
    f.case("bias-heads", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6),
           bias=normal(1, 4, 3, 5).unknown(), oracle=attention)
    f.case("bias-row", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6),
           bias=normal(1, 1, 1, 5).unknown(), oracle=attention)
    f.case("bias-grouped", query=normal(2, 3, 4, 6), key=normal(2, 5, 2, 6), value=normal(2, 5, 2, 6),
           bias=normal(2, 4, 3, 5), oracle=attention)
    f.promise("an element takes part where mask is True", at="dot_product_attention: mask")
    f.case("mask", CALL + "mask=m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4,
           6),
           m=given(np.stack([[SEEN] * 4, [SEEN[::-1]] * 4]), "bool"), profile="core",
           oracle=lambda q, k, v, m: attention(q, k, v, mask=m))
    f.case("mask-broadcast", CALL + "mask=m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6),
           value=normal(2, 5, 4, 6), m=given(SEEN[None, None], "bool").unknown(),
           oracle=lambda q, k, v, m: attention(q, k, v, mask=m))
    f.case("mask-batch", CALL + "mask=m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2,
           5, 4, 6),
           m=given(np.stack([SEEN[:1], SEEN[1:2]])[:, None], "bool"),
           oracle=lambda q, k, v, m: attention(q, k, v, mask=m))
    f.case("mask-grouped", CALL + "mask=m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 2, 6),
           value=normal(2, 5, 2, 6), m=given(SEEN[None, None], "bool").unknown(),
           oracle=lambda q, k, v, m: attention(q, k, v, mask=m))
    f.case("mask-all", CALL + "mask=m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5,
           4, 6),
           m=bools(1, 1, 3, 5).but(_make=lambda random: np.ones((1, 1, 3, 5))).unknown(),
           oracle=lambda q, k, v, m: attention(q, k, v))
    f.case("mask-bias", CALL + "b, m)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5,
           4, 6),
           b=normal(2, 4, 3, 5), m=given(SEEN[None, None], "bool").unknown(), oracle=attention)
    f.promise("scale replaces 1 / sqrt(H)", at="dot_product_attention: scale")
    f.case("scale", CALL + "scale=0.7)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5,
           4, 6),
           oracle=lambda q, k, v: attention(q, k, v, scale=0.7), profile="core")
    f.case("scale-whole", CALL + "scale=1)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6),
           value=normal(2, 5, 4, 6), oracle=lambda q, k, v: attention(q, k, v, scale=1))
    f.case("scale-bias", CALL + "bias=b, scale=0.3)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6),
           value=normal(2, 5, 4, 6), b=normal(2, 4, 3, 5),
           oracle=lambda q, k, v, b: attention(q, k, v, b, scale=0.3))
    f.promise("is_causal lets an element see itself and what is before it",
              at="dot_product_attention: is_causal")
    f.case("causal", CALL + "is_causal=True)", query=normal(2, 4, 4, 6), key=normal(2, 4, 4, 6),
           value=normal(2, 4, 4, 6), oracle=lambda q, k, v: attention(q, k, v, is_causal=True),
           profile="core")
    f.case("causal-mask", CALL + "mask=m, is_causal=True)", query=normal(2, 3, 4, 6), key=normal(2, 3, 4, 6),
           value=normal(2, 3, 4, 6), m=given([[[[1, 0, 1], [0, 1, 1], [1, 0, 1]]]], "bool").unknown(),
           oracle=lambda q, k, v, m: attention(q, k, v, mask=m, is_causal=True))
    f.case("causal-bias", CALL + "bias=b, is_causal=True)", query=normal(2, 3, 4, 6), key=normal(2, 3, 4, 6),
           value=normal(2, 3, 4, 6), b=normal(2, 4, 3, 3),
           oracle=lambda q, k, v, b: attention(q, k, v, b, is_causal=True))
    f.case("causal-grouped", CALL + "is_causal=True)", query=normal(2, 4, 4, 6), key=normal(2, 4, 2, 6),
           value=normal(2, 4, 2, 6), oracle=lambda q, k, v: attention(q, k, v, is_causal=True))
    f.case("causal-scale", CALL + "scale=0.3, is_causal=True)", query=normal(2, 4, 4, 6), key=normal(2, 4, 4,
           6),
           value=normal(2, 4, 4, 6), oracle=lambda q, k, v: attention(q, k, v, scale=0.3, is_causal=True))
    f.promise("flash_attention=False computes the same", at="dot_product_attention: flash_attention")
    f.case("no-flash", CALL + "flash_attention=False)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6),
           value=normal(2, 5, 4, 6), oracle=attention)
    f.promise("lengths may be unknown", at="dot_product_attention: returns")
    f.case("unknown-lengths", query=normal(2, 3, 4, 6).unknown(0, 1), key=normal(2, 5, 4, 6).unknown(0, 1),
           value=normal(2, 5, 4, 6).unknown(0, 1), oracle=attention, ways="unknown")
    f.promise("the inputs may be NumPy arrays", at="dot_product_attention: query")
    f.case("array", query=plain(normal(2, 3, 4, 6)), key=plain(normal(2, 5, 4, 6)),
           value=plain(normal(2, 5, 4, 6)), oracle=attention, result_dtype=None)
    f.promise("a float keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=[(kind,) * 3 for kind in ("float16", "bfloat16", "float64")],
            query=values(1, 3, 2, 4, low=-1, high=1), key=values(1, 3, 2, 4, low=-1, high=1),
            value=values(1, 3, 2, 4, low=-1, high=1), oracle=attention, ulps=HALF)
    f.promise("a soft cap is refused where it is not supported, on anything but jax on a TPU",
              at="dot_product_attention: attn_logits_soft_cap")
    f.refuses("soft-cap", CALL + "attn_logits_soft_cap=5.0)", ("ValueError",), "attn_logits_soft_cap",
              query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6), value=normal(2, 5, 4, 6))
    f.silent("what lengths of query and key that differ mean to the causal mask",
             at="dot_product_attention: is_causal")
    f.case("causal-cross", CALL + "is_causal=True)", query=normal(2, 3, 4, 6), key=normal(2, 5, 4, 6),
           value=normal(2, 5, 4, 6), oracle=lambda q, k, v: attention(q, k, v, is_causal=True), ways="eager")
