/* The functions of cuBLAS that Weft calls, on memory of the host: shows that arguments arrive in
   their places and widths. Signatures as in NVIDIA's cublas_api.h. */
#include <stdlib.h>

typedef struct {
  void *stream;
} Handle;

enum { SUCCESS = 0, INVALID_VALUE = 7 };

int cublasCreate_v2(Handle **handle) {
  *handle = calloc(1, sizeof(Handle));
  return SUCCESS;
}

int cublasDestroy_v2(Handle *handle) {
  free(handle);
  return SUCCESS;
}

int cublasSetStream_v2(Handle *handle, void *stream) {
  handle->stream = stream;
  return SUCCESS;
}

int cublasGetVersion_v2(Handle *handle, int *version) {
  /* Tells the stream, too, so that the test sees that it arrived. */
  *version = 130000 + (int)(long)handle->stream;
  return SUCCESS;
}

const char *cublasGetStatusString(int status) {
  return status == INVALID_VALUE ? "CUBLAS_STATUS_INVALID_VALUE" : "CUBLAS_STATUS_SUCCESS";
}

#define GEMM(NAME, T)                                                                             \
  int NAME(Handle *handle, int ta, int tb, int m, int n, int k, const T *alpha, const T *a,       \
           int lda, long long sa, const T *b, int ldb, long long sb, const T *beta, T *c,         \
           int ldc, long long sc, int count) {                                                    \
    if (!handle || m < 0 || n < 0 || k < 0 || !c) return INVALID_VALUE;                           \
    for (int p = 0; p < count; p++)                                                               \
      for (int j = 0; j < n; j++)                                                                 \
        for (int i = 0; i < m; i++) {                                                             \
          T sum = 0;                                                                              \
          for (int l = 0; l < k; l++) {                                                           \
            T x = ta ? a[p * sa + l + (long)i * lda] : a[p * sa + i + (long)l * lda];             \
            T y = tb ? b[p * sb + j + (long)l * ldb] : b[p * sb + l + (long)j * ldb];             \
            sum += x * y;                                                                         \
          }                                                                                       \
          T *r = &c[p * sc + i + (long)j * ldc];                                                  \
          *r = *alpha * sum + (*beta == 0 ? 0 : *beta * *r);                                      \
        }                                                                                         \
    return SUCCESS;                                                                               \
  }

GEMM(cublasDgemmStridedBatched, double)
GEMM(cublasSgemmStridedBatched, float)
