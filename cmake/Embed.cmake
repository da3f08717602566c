# Writes OUT: the bytes of IN as `longcode::data::NAME`. Called by longcode_embed().
file(READ ${IN} HEX HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," BYTES "${HEX}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" BYTES "${BYTES}")
file(WRITE ${OUT}.tmp "#include <string_view>
namespace longcode::data {
namespace {
constexpr unsigned char bytes[] = {
${BYTES}0x00};
}
extern const std::string_view ${NAME};
const std::string_view ${NAME}{reinterpret_cast<const char *>(bytes), sizeof bytes - 1};
} // namespace longcode::data
")
file(RENAME ${OUT}.tmp ${OUT})
