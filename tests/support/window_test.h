#pragma once

#include "settings/preferences.h"
#include "shell/main_window.h"
#include "support/fake_desk.h"
#include "support/sample_clock.h"
#include "ui/gui_test.h"

#include <QTemporaryDir>

#include <memory>

namespace longcode::tests {

/// What a test of the whole window needs: the window over a console in memory, with preferences in a folder
/// of its own. To be inherited beside QObject.
class WindowTest {
protected:
    /// Everything anew; the window holds no console yet and is not shown.
    void makeWindow(const QSize &size = QSize(1440, 900)) {
        dropWindow();
        m_folder = std::make_unique<QTemporaryDir>();
        m_preferences = std::make_unique<settings::Preferences>(desk::ProfileFolder{m_folder->path()});
        m_console = std::make_shared<FakeConsole>();
        m_window = std::make_unique<shell::MainWindow>(m_clock, *m_preferences);
        m_window->resize(size);
    }
    [[nodiscard]] bool showWindow() {
        m_window->show();
        m_window->activateWindow();
        return QTest::qWaitForWindowActive(m_window.get());
    }
    void dropWindow() {
        m_window.reset();
        m_console.reset();
        m_preferences.reset();
        m_folder.reset();
    }
    [[nodiscard]] QWidget *part(const char *name) const { return child<QWidget>(*m_window, name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    SampleClock m_clock;
    std::unique_ptr<settings::Preferences> m_preferences;
    std::shared_ptr<FakeConsole> m_console;
    std::unique_ptr<shell::MainWindow> m_window;
};

} // namespace longcode::tests
