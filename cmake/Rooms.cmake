# longcode_room(NAME SOURCES a.cpp b.h ... [PUBLIC target...] [PRIVATE target...])
# A room of the house is one static library. Other rooms see its headers as "<room>/<file>.h".
function(longcode_room NAME)
    cmake_parse_arguments(ROOM "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(longcode_${NAME} STATIC ${ROOM_SOURCES})
    target_include_directories(longcode_${NAME} PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/app>)
    target_link_libraries(longcode_${NAME} PUBLIC longcode_settings ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
endfunction()

# longcode_embed(TARGET NAME file.tsv OUTPUT_VAR)
# Compiles a data file of resources/ into the target as bytes: `namespace longcode::data { extern const
# std::string_view NAME; }`. Needs no script language, so it works wherever CMake does.
function(longcode_embed TARGET NAME FILE)
    set(OUT ${CMAKE_CURRENT_BINARY_DIR}/embedded_${NAME}.cpp)
    add_custom_command(OUTPUT ${OUT}
        COMMAND ${CMAKE_COMMAND} -DIN=${FILE} -DOUT=${OUT} -DNAME=${NAME} -P ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
        DEPENDS ${FILE} ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
    target_sources(${TARGET} PRIVATE ${OUT})
    set_source_files_properties(${OUT} PROPERTIES SKIP_AUTOMOC ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# longcode_program(NAME SOURCES ... LINK ...): an executable in build/bin with the project's version.
function(longcode_program NAME)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${NAME} ${PROGRAM_SOURCES})
    target_link_libraries(${NAME} PRIVATE longcode_settings ${PROGRAM_LINK})
endfunction()

# longcode_test(NAME SOURCES ... LINK ... [SERIAL] [TIMEOUT s] [ARGS ...] [ENV ...] [WRAPPER command...])
# WRAPPER runs the executable through another command (tests/support/with_keyring).
# One Qt Test executable per class. NAME is "<room>.<class>"; the executable is tst_<room>_<class>.
# Test executables land in build/test-bin, out of people's way.
function(longcode_test NAME)
    cmake_parse_arguments(TEST "GUI;SERIAL" "TIMEOUT" "SOURCES;LINK;ARGS;ENV;WRAPPER" ${ARGN})
    string(REPLACE "." "_" TARGET "tst_${NAME}")
    add_executable(${TARGET} ${TEST_SOURCES})
    # A test is one file: a batch would save nothing, and g++ warns of local classes in files it includes.
    set_target_properties(${TARGET} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test-bin
        UNITY_BUILD OFF)
    target_link_libraries(${TARGET} PRIVATE longcode_settings Qt6::Test ${TEST_LINK})
    target_include_directories(${TARGET} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_compile_definitions(${TARGET} PRIVATE LONGCODE_BIN_DIR="${CMAKE_BINARY_DIR}/bin"
        LONGCODE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${NAME} COMMAND ${TEST_WRAPPER} $<TARGET_FILE:${TARGET}> ${TEST_ARGS})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    if(LONGCODE_SANITIZE)
        math(EXPR TEST_TIMEOUT "${TEST_TIMEOUT} * 4")
    endif()
    # ctest's limit is the only one: Qt Test's own would cut a long test function at five minutes.
    set_tests_properties(${NAME} PROPERTIES TIMEOUT ${TEST_TIMEOUT} FIXTURES_REQUIRED recorded_requests
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QTEST_FUNCTION_TIMEOUT=${TEST_TIMEOUT}000;LONGCODE_REQUEST_RECORD=${CMAKE_BINARY_DIR}/recorded-requests;${TEST_ENV}")
    if(TEST_SERIAL)
        set_tests_properties(${NAME} PROPERTIES RUN_SERIAL ON)
    endif()
endfunction()

# longcode_ui_room(NAME SOURCES ... [PUBLIC target...] [PRIVATE target...])
# The same for a room of ui/: target longcode_ui_<name>, headers as "<room>/<file>.h" below ui/.
function(longcode_ui_room NAME)
    cmake_parse_arguments(ROOM "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(longcode_ui_${NAME} STATIC ${ROOM_SOURCES})
    target_include_directories(longcode_ui_${NAME} PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/ui>)
    target_link_libraries(longcode_ui_${NAME}
        PUBLIC longcode_settings Qt6::Widgets ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
endfunction()
