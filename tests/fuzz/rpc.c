/*
 * rpc.c - fuzz target: any line as a request of the wire protocol.  Broken
 * ones get an error code, never more.
 */
#include "wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rpc_request request;
	int code = rpc_parse((const char *)data, size, &request);

	invariant(code == 0 || code == RPC_PARSE_ERROR || code == RPC_INVALID_REQUEST ||
	          code == RPC_INVALID_PARAMS);
	if (code == 0)
		invariant(request.method && json_is_object(request.params));
	json_decref(request.message);
	return 0;
}
