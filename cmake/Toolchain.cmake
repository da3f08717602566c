# One INTERFACE target carries the language standard, warnings, Qt strictness and sanitizers.
# Every target of the project links it; nothing is ever set globally.
find_program(LONGCODE_CCACHE ccache)
if(LONGCODE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
        CCACHE_NOHASHDIR=1 ${LONGCODE_CCACHE})
endif()
find_program(LONGCODE_MOLD mold)

find_package(Threads REQUIRED)

add_library(longcode_settings INTERFACE)
target_compile_features(longcode_settings INTERFACE cxx_std_20)
set_target_properties(longcode_settings PROPERTIES INTERFACE_POSITION_INDEPENDENT_CODE ON)
target_compile_definitions(longcode_settings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_CONTEXTLESS_CONNECT QT_USE_QSTRINGBUILDER QT_NO_FOREACH
    QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
# Warnings are errors with the compiler that CI uses; a newer one may know warnings nobody here has seen.
set(LONGCODE_STRICT OFF)
if(LONGCODE_WERROR AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    set(LONGCODE_STRICT ON)
endif()
if(MSVC)
    target_compile_options(longcode_settings INTERFACE /W4 /utf-8)
else()
    target_compile_options(longcode_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        -Woverloaded-virtual -Wold-style-cast $<$<BOOL:${LONGCODE_STRICT}>:-Werror>)
endif()
if(LONGCODE_SANITIZE)
    target_compile_options(longcode_settings INTERFACE -fsanitize=address,undefined
        -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g1 -O1)
    target_link_options(longcode_settings INTERFACE -fsanitize=address,undefined)
endif()
if(LONGCODE_MOLD AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT APPLE AND NOT WIN32)
    target_link_options(longcode_settings INTERFACE -fuse-ld=mold)
endif()
